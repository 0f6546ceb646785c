"""Nowcasts of a year in progress and chances of targets, as known on a day; docs/forecasting.md says how.

numpy is needed (the extra ``[forecast]``); nothing here reads a clock, a user's file or the network.
"""

from tallyman.forecast.beside import beside
from tallyman.forecast.nowcast import nowcast
from tallyman.forecast.pace import BaseRate, base_rate
from tallyman.forecast.target import Outlook, Outlooks, target_probability

__all__ = ["BaseRate", "Outlook", "Outlooks", "base_rate", "beside", "nowcast", "target_probability"]
