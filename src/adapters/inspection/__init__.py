"""Opening what strangers sent: in processes of their own, with little memory and little time, that may crash without harm."""
