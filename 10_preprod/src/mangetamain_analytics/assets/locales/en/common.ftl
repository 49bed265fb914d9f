## How numbers and dates are put together. Spaces inside are no-break where a line must not end.
p-value-below = p < { $p }
p-value-equal = p = { $p }
p-value-above = p > { $p }
interval = { $low } to { $high }
date-and-time = { $date } at { $time } UTC
