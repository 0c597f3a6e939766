"""The measurements behind the README's figures, each a command: `make bench` prints them all."""
