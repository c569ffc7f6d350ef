"""Texts and numbers of a file, no longer or larger than the columns that keep them."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    StrictInt,
    StrictStr,
)
from pydantic_core import PydanticCustomError

# What the columns of the database hold.
LARGEST = 2_147_483_647
DIGITS, DECIMALS = 10, 4


def _storable(text: str) -> str:
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise PydanticCustomError("storable", "holds a character that cannot be stored")
    return text


def _number(value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("number", "must be a number")
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise PydanticCustomError("finite", "must be a finite number")
    if abs(exact) >= 10**DIGITS or exact != round(exact, DECIMALS):
        problem = "must have at most {whole} digits before the point and {after} after it"
        raise PydanticCustomError("digits", problem, {"whole": DIGITS, "after": DECIMALS})
    return value


Str = Annotated[StrictStr, AfterValidator(_storable)]
Text = Annotated[Str, Field(min_length=1)]
Short = Annotated[Str, Field(min_length=1, max_length=200)]
Label = Annotated[Str, Field(min_length=1, max_length=100)]
Number = Annotated[int | float, PlainValidator(_number)]
Count = Annotated[StrictInt, Field(ge=0, le=LARGEST)]
Small = Annotated[StrictInt, Field(ge=0, le=32_767)]
Lines = Annotated[list[Count], Field(min_length=2, max_length=2)]
Date = Annotated[Str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)
