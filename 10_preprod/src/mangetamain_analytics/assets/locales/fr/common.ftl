## Assemblage des nombres et des dates. Les espaces qui ne doivent pas finir une ligne sont insécables.
p-value-below = p < { $p }
p-value-equal = p = { $p }
p-value-above = p > { $p }
interval = de { $low } à { $high }
date-and-time = { $date } à { $time } UTC
