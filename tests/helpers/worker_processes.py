"""Workers that are real processes: `python worker_processes.py FOLDER` imports TensorFlow once, forks them, and prints what those of each case read as JSON."""
import json
import os
import socket
import sys
from multiprocessing import get_context

import tensorflow as tf

from tfrseg.reader.pipeline import make_dataset
from tfrseg.reader.workers import distribute

PROCESSES = get_context("fork")  # before TensorFlow has any threads
OPTIONS = dict(outputs=("image", "name"), dtype="uint8", seed=5, show_progress=False)


def names(batch): return [name.decode() for name in batch[1].numpy()]


def start(function, count, *args):
    "Starts workers; returns each with a pipe to it."
    started = []
    for index in range(count):
        ours, theirs = PROCESSES.Pipe()
        process = PROCESSES.Process(target=function, args=(theirs, index, count, *args), daemon=True)
        process.start()
        theirs.close()
        started.append((process, ours))
    return started


# ---- a strategy

def train(pipe, index, count, folder, ports):
    "Two epochs of a loop: what this worker reads in each step; each step waits for all workers."
    cluster = {"worker": [f"127.0.0.1:{port}" for port in ports]}
    os.environ["TF_CONFIG"] = json.dumps({"cluster": cluster, "task": {"type": "worker", "index": index}})
    strategy = tf.distribute.MultiWorkerMirroredStrategy()
    data = distribute(strategy, folder, batch_size=3, **OPTIONS)

    @tf.function
    def step(image):
        ones = strategy.run(lambda image: tf.cast(tf.shape(image)[0], tf.float32), args=(image,))
        return strategy.reduce("sum", ones, axis=None)

    def local(batch): return [strategy.experimental_local_results(part)[0] for part in batch]

    epochs = [[[names(local(batch)), float(step(batch[0]))] for batch in data] for _ in range(2)]
    pipe.send(epochs)
    pipe.recv()  # the leader of a cluster stays until all have ended


def free_ports(count):
    "Ports of this machine that nobody listens at."
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets: one.close()
    return ports


def strategy(folder):
    "What two workers of a `MultiWorkerMirroredStrategy` read: [worker][epoch][step]."
    workers = start(train, 2, folder, free_ports(2))
    read = [pipe.recv() for _, pipe in workers]
    for process, pipe in workers:
        pipe.send("end")
    for process, _ in workers: process.join()
    return read


# ---- a worker that is killed

def read_steps(pipe, index, count, folder, begin):
    "Reads a batch whenever it is told to."
    for batch in make_dataset(folder, worker=(index, count), start=begin, batch_size=3, **OPTIONS):
        pipe.send(names(batch))
        pipe.recv()
    pipe.send(None)


def one_step(workers):
    "What each worker reads in its next step; None where all have ended."
    read = [pipe.recv() for _, pipe in workers]
    assert len({batch is None for batch in read}) == 1, "unequal steps"
    return read if read[0] is not None else None


def killed(folder):
    "One of two workers is killed in the middle of the third step of an epoch; three workers read what is left."
    workers, steps = start(read_steps, 2, folder, (1, 0)), []
    for _ in range(2):
        steps.append(one_step(workers))
        for _, pipe in workers: pipe.send("go on")
    workers[0][1].recv()  # of the third step one worker has its batch
    workers[1][0].kill()
    for process, _ in workers:
        process.kill()
        process.join()
    workers, after = start(read_steps, 3, folder, (1, 0, sum(map(len, sum(steps, []))))), []
    while step := one_step(workers):
        after.append(step)
        for _, pipe in workers: pipe.send("go on")
    for process, _ in workers: process.join()
    return [steps, after]


if __name__ == "__main__":
    print(json.dumps({case.__name__: case(sys.argv[1]) for case in (strategy, killed)}), flush=True)
