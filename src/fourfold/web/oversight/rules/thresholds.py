"""The thresholds of the signals, each with its reason. The pages print them; change them here.

They are set for people to check, not for guilt: each is above what ordinary work needs, and low
enough that a case of misuse known from inspections of police forces would have crossed it.
"""

from datetime import time, timedelta
from typing import Final

# How far back a page looks. Four weeks hold every shift pattern at least once.
WINDOW: Final = timedelta(days=28)

# One case in four minutes, kept up for an hour, is browsing: a case takes longer to read.
HOUR: Final = timedelta(minutes=60)
HOUR_CASES_MAX: Final = 15

# A supervisor's morning list is about thirty cases; twice that in a day is not a list.
DAY: Final = timedelta(hours=24)
DAY_CASES_MAX: Final = 60

# Against people of the same role in the same force. Below twelve cases in a day, four times a
# small median says nothing.
PEER_TIMES: Final = 4
PEER_CASES_MIN: Final = 12

# Supervisors do look in without writing. More than ten such cases in a day wants a reason.
UNWORKED_CASES_MAX: Final = 10

# One refusal is a wrong link. Five in an hour is somebody trying doors.
REFUSALS_MAX: Final = 4

# Night here is between ten in the evening and six in the morning, by the clock in the United
# Kingdom. Whoever looked on more than two other nights of the window works nights.
NIGHT_FROM: Final = time(22)
NIGHT_TO: Final = time(6)
NIGHT_CASES_MIN: Final = 3
OTHER_NIGHTS_MAX: Final = 2

# A file for court takes one or two packages and a table or three.
DAY_EXPORTS_MAX: Final = 5

# More than one search in ninety seconds for an hour is working through a list of names.
HOUR_SEARCHES_MAX: Final = 40

# Emergencies that one person alone sees four times in a month are habit.
BREAK_GLASS_WINDOW: Final = timedelta(days=30)
BREAK_GLASS_MAX: Final = 3

# A passkey fails when the wrong one is offered: twice or thrice, not ten times.
FAILURES_WITHIN: Final = timedelta(minutes=15)
FAILED_SIGN_INS_MAX: Final = 9
FAILED_CONFIRMATIONS_MAX: Final = 2
