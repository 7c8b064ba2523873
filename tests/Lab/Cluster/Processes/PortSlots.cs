using System.Text.Json;

namespace Orchestrator.Lab.Cluster.Processes;

/// <summary>
/// The ports of the pods: all of them share one loopback address, so each gets its own from the lab's block, for as long as the lab lives.
/// Brokers listen at P+30.., their Jolokia at P+40..; controllers at P+20.., their Jolokia at P+50... The file <c>slots.json</c> keeps what
/// was given, so that a node that starts again finds its processes where they are.
/// </summary>
internal sealed class PortSlots
{
    private const int SlotsPerRole = 10;

    private readonly int _firstPort;
    private readonly string _file;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _slots;

    public PortSlots(int firstPort, string dataFolder)
    {
        _firstPort = firstPort;
        _file = Path.Combine(dataFolder, "slots.json");
        _slots = File.Exists(_file) ? JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(_file))! : [];
    }

    /// <summary>The ports of a pod, the same at every call; the ordinal is the slot where it is free.</summary>
    public PodPorts Of(bool isController, string @namespace, string pod, int ordinal)
    {
        string role = isController ? "controller" : "broker";
        string key = $"{role} {@namespace}/{pod}";
        lock (_lock)
        {
            if (!_slots.TryGetValue(key, out int slot))
            {
                HashSet<int> taken =
            [.. _slots.Where(given => given.Key.StartsWith(role, StringComparison.Ordinal)).Select(given => given.Value)];
                slot = Enumerable.Range(0, SlotsPerRole).Prepend(ordinal).FirstOrDefault(
                    free => free < SlotsPerRole && !taken.Contains(free), -1);
                if (slot < 0)
                {
                    throw new InvalidOperationException(
                        $"Pod {@namespace}/{pod} gets no ports: the lab has room for {SlotsPerRole} {role}s.");
                }

                _slots[key] = slot;
                File.WriteAllText(_file, JsonSerializer.Serialize(_slots));
            }

            return Ports(isController, slot);
        }
    }

    /// <summary>The ports that a pod was given; null where it was given none.</summary>
    public PodPorts? Find(string @namespace, string pod)
    {
        lock (_lock)
        {
            return _slots.TryGetValue($"controller {@namespace}/{pod}", out int controller) ? Ports(isController: true, controller)
                : _slots.TryGetValue($"broker {@namespace}/{pod}", out int broker) ? Ports(isController: false, broker)
                : null;
        }
    }

    private PodPorts Ports(bool isController, int slot) => isController
        ? new($"kafka-{100 + slot}", _firstPort + 20 + slot, _firstPort + 50 + slot)
        : new($"kafka-{slot}", _firstPort + 30 + slot, _firstPort + 40 + slot);
}
