"""What follows a disclosure: the next turns' acts, and the course of the client's share."""
