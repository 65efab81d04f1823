"""What is sealed at rest: the key ring, the record that proves it fits, records to documents and back."""
