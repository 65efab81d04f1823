"""What programs ask of the desk: the API, its document, webhooks and Open311."""
