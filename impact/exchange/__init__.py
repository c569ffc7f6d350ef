"""Files in and out: the shape of the programme's and the enquiries' JSON, and its faults."""
