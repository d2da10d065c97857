"""Who stands which shift on which post, within the hours that law and house allow."""
