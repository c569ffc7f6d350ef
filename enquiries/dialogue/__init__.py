"""What people say to each other about a filled form: judgements shared, comments and answers."""
