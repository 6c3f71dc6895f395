"""Files that customers and agents send: taken, kept, handed out (docs/attachments.md)."""
