# The id is the linked account id, in quotes when it holds characters that mean something to the shell.
terraform import refold_linked_account.initech 'initech'
