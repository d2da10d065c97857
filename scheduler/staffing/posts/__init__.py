"""Posts among the staffing truths: how few people keep them filled, and whom they hang on."""
