using Orchestrator.Sandbox.Alertmanager;
using Orchestrator.Sandbox.ConfluentOperator;
using Orchestrator.Sandbox.Kafka;
using Orchestrator.Sandbox.Kubernetes.Controllers.Faults;
using Orchestrator.Sandbox.Kubernetes.Serving;

namespace Orchestrator.Sandbox.Clusters.Faults;

/// <summary>Everything that can go wrong in a cluster in the box, by name: what a command line asks for.</summary>
public sealed class BoxFaultCatalogue
{
    private readonly List<(FaultKind Kind, Func<FaultArguments, Task> Begin)> _faults = [];

    internal BoxFaultCatalogue(ClusterBox box, string @namespace, Action afterKafka)
    {
        AddPods(box.Plane.Faults, @namespace);
        AddApi(box.Kubernetes.Faults);
        AddAlerts(box.Alertmanager, @namespace);
        AddOperator(() => box.Operator);
        AddKafka(box.Kafka, afterKafka);
    }

    /// <summary>What there is, by name.</summary>
    public IReadOnlyList<FaultKind> Kinds => [.. _faults.Select(fault => fault.Kind).OrderBy(kind => kind.Name, StringComparer.Ordinal)];

    /// <summary>Has something go wrong, or ends that.</summary>
    /// <param name="name">What, as one of <see cref="Kinds"/>.</param>
    /// <param name="arguments">What it has to be told.</param>
    /// <exception cref="ArgumentException">There is no such fault, or it was told something wrong.</exception>
    /// <exception cref="KafkaRefusalException">Kafka has no such node, topic or folder.</exception>
    public Task BeginAsync(string name, IReadOnlyDictionary<string, string> arguments)
    {
        (FaultKind Kind, Func<FaultArguments, Task> Begin) found = _faults.FirstOrDefault(fault => fault.Kind.Name == name);
        if (found.Kind is null)
        {
            throw new ArgumentException($"There is no fault '{name}'; there are {string.Join(", ", Kinds.Select(kind => kind.Name))}.");
        }

        FaultArguments told = new(name, arguments);
        told.RefuseOthers(found.Kind.Parameters);
        return found.Begin(told);
    }

    private void AddPods(ClusterFaults faults, string @namespace)
    {
        Add("kill-pod", "Kills the process of a pod", ["pod"], told => faults.KillPodAsync(@namespace, told.Text("pod")));
        Add(
            "keep-unready", "Keeps a pod from becoming Ready", ["pod"], told => faults.KeepUnreadyAsync(@namespace, told.Text("pod")));
        Add("let-ready", "Lets a pod become Ready again", ["pod"], told => faults.LetReadyAsync(@namespace, told.Text("pod")));
        Add("node-off", "Switches a machine off", ["node"], told => faults.SwitchOffAsync(told.Text("node")));
        Add("node-on", "Switches a machine on again", ["node"], told => faults.SwitchOnAsync(told.Text("node")));
        Add("fill-node", "Fills the disk of a node", ["node"], told => faults.FillDiskAsync(told.Text("node")));
        Add("free-node", "Makes room on the disk of a node", ["node"], told => faults.FreeDiskAsync(told.Text("node")));
        Add("no-image", "Keeps nodes from pulling an image", ["image"], told => faults.KeepFromPullingAsync(told.Text("image")));
        Add("let-pull", "Lets nodes pull an image again", ["image"], told => faults.LetPullAsync(told.Text("image")));
    }

    private void AddApi(ApiServerFaults faults)
    {
        Api("cut-api", "Cuts the way to the Kubernetes API, for the operator too; watches break", [], _ => faults.Cut());
        Api("mend-api", "Mends the way to the Kubernetes API", [], _ => faults.Mend());
        Api("storm-409", "Answers the next updates and patches with 409, as if another writer had been faster", ["requests"], told =>
            faults.ConflictNext(told.Number("requests")));
        Api("storm-429", "Answers the next requests with 429, as a server does that has too much to do", ["requests"], told =>
            faults.RefuseNext(told.Number("requests")));

        void Api(string name, string summary, IReadOnlyList<string> parameters, Action<FaultArguments> begin) =>
            Add(name, summary, parameters, told =>
            {
                begin(told);
                return Task.CompletedTask;
            });
    }

    private void AddAlerts(AlertmanagerBox alertmanager, string @namespace)
    {
        Alert("begin-alert", "Has a critical alert of the namespace fire", labels => alertmanager.BeginAlert(labels));
        Alert("end-alert", "Has such an alert end", alertmanager.EndAlert);

        void Alert(string name, string summary, Action<IReadOnlyDictionary<string, string>> act) => Add(name, summary, ["alert"], told =>
        {
            act(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["alertname"] = told.Text("alert"), ["namespace"] = @namespace, ["severity"] = "critical",
            });
            return Task.CompletedTask;
        });
    }

    private void AddOperator(Func<CfkOperator> cfk)
    {
        Behave("operator-idle", "Has the operator do nothing, as one that is down", new() { Idle = true });
        Behave("operator-blind", "Has the operator roll on whatever Kafka says", new() { IgnoresPrecheck = true });
        Behave("operator-well", "Has the operator do what it should again", OperatorFaults.None);

        void Behave(string name, string summary, OperatorFaults faults) => Add(name, summary, [], _ =>
        {
            cfk().Faults = faults;
            return Task.CompletedTask;
        });
    }

    private void AddKafka(KafkaBox kafka, Action afterKafka)
    {
        KafkaFaults faults = kafka.Faults;
        Kafka("kill-node", "Ends the process of a broker or controller with SIGKILL", ["node"], told =>
            kafka.Processes.Kill(told.Number("node")));
        Kafka("slow-catch-up", "Has a broker catch up at another speed: 0.1 is a tenth, 1 its own", ["broker", "factor"], told =>
            faults.SlowCatchUp(told.Number("broker"), told.Factor("factor")));
        Kafka("hold-replica", "Keeps a replica from fetching", ["topic", "partition", "broker"], told =>
            faults.HoldReplica(told.Text("topic"), told.Number("partition"), told.Number("broker")));
        Kafka("release-replica", "Lets a replica fetch again", ["topic", "partition", "broker"], told =>
            faults.ReleaseReplica(told.Text("topic"), told.Number("partition"), told.Number("broker")));
        Kafka("cut-listener", "Cuts the clients' way to a broker", ["broker"], told => faults.CutListener(told.Number("broker")));
        Kafka("mend-listener", "Mends the clients' way to a broker", ["broker"], told => faults.MendListener(told.Number("broker")));
        Kafka("cut-off-controller", "Cuts a controller off from the others", ["controller"], told =>
            faults.CutOffController(told.Number("controller")));
        Kafka("join-controller", "Lets the others hear a controller again", ["controller"], told =>
            faults.JoinController(told.Number("controller")));
        Kafka("hold-controller", "Keeps a controller from following the log", ["controller"], told =>
            faults.HoldController(told.Number("controller")));
        Kafka("release-controller", "Lets a controller follow the log again", ["controller"], told =>
            faults.ReleaseController(told.Number("controller")));
        Kafka("fill-disk", "Fills the volumes of a broker", ["broker", "percent"], told =>
            faults.FillDisk(told.Number("broker"), told.Number("percent")));
        Kafka("fail-folder", "Has a log folder of a broker fail", ["broker", "folder"], told =>
            faults.FailFolder(told.Number("broker"), told.Number("folder")));

        void Kafka(string name, string summary, IReadOnlyList<string> parameters, Action<FaultArguments> begin) =>
            Add(name, summary, parameters, told =>
            {
                begin(told);
                afterKafka();
                return Task.CompletedTask;
            });
    }

    private void Add(string name, string summary, IReadOnlyList<string> parameters, Func<FaultArguments, Task> begin) =>
        _faults.Add((new FaultKind(name, summary, parameters), begin));
}
