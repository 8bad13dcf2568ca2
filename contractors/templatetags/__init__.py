"""What templates about contracts say in their own way."""
