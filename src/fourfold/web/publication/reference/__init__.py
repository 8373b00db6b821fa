"""Reference data of the app: what a page says of the law, each line with what it rests on."""
