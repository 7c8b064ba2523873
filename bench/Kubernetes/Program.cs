using Orchestrator.Kubernetes.Bench;

// dotnet run -c Release --project bench/Kubernetes [PODS]
// The program measures itself in child processes: "read stream|list KUBECONFIG" is one of them.
return args is ["read", var mode, var kubeconfig]
    ? await PodReader.RunAsync(mode, kubeconfig)
    : await Comparison.RunAsync(args is [var pods] ? int.Parse(pods) : 50_000);
