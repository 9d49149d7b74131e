from . import invoice_salesman_fill
