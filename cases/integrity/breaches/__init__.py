"""What follows a confirmed breach: order, record, publication, objection, repair, sanction, exposure."""
