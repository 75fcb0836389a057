"""What `nextstep` does on the machine: deliveries, the numbers, history in and out; `bot/cli.py` lists all."""
