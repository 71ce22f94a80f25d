here = "kept"
raise ValueError("while importing")
