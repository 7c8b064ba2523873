using System.Globalization;
using Orchestrator.Bench.Server;

// bench/run server [ROUNDS] [RUNS]
// The box is measured as a process of its own, so that its CPU and memory are not the worker's: "serve" is that process.
return args is ["serve"]
    ? await BoxProcess.ServeAsync()
    : await Comparison.RunAsync(
        args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5,
        args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000);
