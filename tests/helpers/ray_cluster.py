"""A Ray cluster of three nodes in a network of its own, where 127.0.0.2, .3 and .4 are its machines. Run by test_cluster.py inside `unshare -rn`.

Prints a line of JSON with the address and the process of each node's raylet; `add NAME` on stdin starts a node anew and prints the line again. The
end of stdin ends all. A cluster of Ray's own tools is quicker than `ray start`, and its processes are children of this one.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

folder = tempfile.mkdtemp(prefix="ray-", dir="/tmp")  # short: it holds sockets
os.makedirs(f"{folder}/ray")
os.environ |= {"RAY_TMPDIR": folder, "RAY_USAGE_STATS_ENABLED": "0"}
subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
try:
    from ray.cluster_utils import Cluster

    options = {"num_cpus": 1, "object_store_memory": 80 << 20}
    head = {**options, "node_ip_address": "127.0.0.2", "include_dashboard": False, "temp_dir": folder, "_system_config": {"memory_monitor_refresh_ms": 0}}

    def patient(start):
        "A busy machine may take longer than the half minute after which Ray gives up."
        for _ in range(3):
            try: return start()
            except Exception as e: error = e
        raise error

    cluster = patient(lambda: Cluster(True, head_node_args=head))
    nodes = {"127.0.0.2": cluster.head_node}

    def add(name):
        if name in nodes: cluster.remove_node(nodes[name], allow_graceful=False)
        nodes[name] = patient(lambda: cluster.add_node(**options, node_ip_address=name))

    def say():
        pids = {name: node.all_processes["raylet"][0].process.pid for name, node in nodes.items()}
        print(json.dumps({"address": cluster.address, "nodes": pids}), flush=True)

    add("127.0.0.3"), add("127.0.0.4"), say()
    for line in sys.stdin:
        add(line.split()[1]), say()
    cluster.shutdown()
finally:
    shutil.rmtree(folder, ignore_errors=True)
