"""Prints the scalars, histograms and images of the event files in a folder, one line each."""

import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

events = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "histograms": 0, "images": 0, "tensors": 0})
events.Reload()
print("file_version", events.file_version)
for tag in sorted(events.Tags()["scalars"]):
    for event in events.Scalars(tag):
        print(tag, event.step, event.wall_time, event.value)
for tag in sorted(events.Tags()["histograms"]):
    for event in events.Histograms(tag):
        histogram = event.histogram_value
        print(tag, event.step, histogram.min, histogram.max, histogram.num, histogram.bucket_limit, histogram.bucket)
for tag in sorted(events.Tags()["images"]):
    for event in events.Images(tag):
        print(tag, event.step, event.width, event.height, event.encoded_image_string[1:4].decode())
