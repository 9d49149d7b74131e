"""Groups of users that fields and methods ask for."""

SALESMAN = "sales_team.group_sale_salesman"
