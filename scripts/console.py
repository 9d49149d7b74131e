"""What the scripts say in the terminal."""

import sys


def say(text):
    print(f">> {text}", file=sys.stderr, flush=True)


def die(text):
    sys.exit(f"Error: {text}")
