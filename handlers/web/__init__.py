"""What all pages share: access, signing in, forms, templates, errors."""
