"""The practice bank: its entries, and who has adopted what."""

from fourfold.web.practices.models.adoptions import Adoption
from fourfold.web.practices.models.practices import Practice

__all__ = ["Adoption", "Practice"]
