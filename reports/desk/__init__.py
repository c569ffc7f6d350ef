"""The desk of a case study: the steps from draft to publication, as pages."""
