"""Why a roster of the core's figures cannot be had: rules of one employee, or too few people."""
