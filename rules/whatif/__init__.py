"""What if: changes to rules and facts that are tried out before anything is saved."""
