"""Programs that make tables and pages of the project. No part of the product, which never imports them."""
