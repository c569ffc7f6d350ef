"""The forms of the method that rest on measures, and those that keep measures themselves."""

from impact.sheets import measures, plans

SHEETS = [*plans.SHEETS, *measures.SHEETS]
