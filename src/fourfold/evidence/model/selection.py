"""Turn a finding's selection into SQL: conditions on one table, all to hold."""

from typing import Any

from fourfold.evidence.model.finding import Where

OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "in", "contains", "is null", "is not null")


def to_sql(where: Where) -> tuple[str, list[Any]]:
    """Return (condition, parameters) for `select ... from <where.table> where <condition>`.

    Raises:
        ValueError: an unknown operator, or a name that is not a plain column name.
    """
    parts, parameters = [], []
    for column, operator, value in where.conditions:
        if operator not in OPERATORS or not column.isidentifier() or not where.table.isidentifier():
            raise ValueError(f"not a selection: {where.table} {column} {operator}")
        if operator.startswith("is"):
            parts.append(f"{column} {operator}")
        elif operator == "in":
            parts.append(f"list_contains(?, {column})")
            parameters.append(list(value))
        elif operator == "contains":
            parts.append(f"list_contains({column}, ?)")
            parameters.append(value)
        else:
            parts.append(f"{column} {operator} ?")
            parameters.append(value)
    return " and ".join(parts) or "true", parameters
