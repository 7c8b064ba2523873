using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Workflows.Catalogue;
using Temporalio.Converters;

namespace Orchestrator.Workflows.ChangeControl.Inputs;

/// <summary>What a run of a procedure was asked with, as far as it could be read.</summary>
internal sealed class RunInput
{
    // An input of nothing but unknown fields would make a status of any length.
    private const int MostFaultsTold = 50;

    private readonly IProcedureInput _input;
    private readonly IReadOnlyList<InputFault> _unreadable;

    private RunInput(ProcedureDescriptor procedure, IProcedureInput input, IReadOnlyList<InputFault> unreadable)
    {
        Procedure = procedure;
        _input = input;
        _unreadable = unreadable;
        // JSON may say null for either; the rules of the input then say what is missing.
        Target = input.Target?.Context is null ? new ChangeTarget("", input.Target?.Namespace) : input.Target;
        Request = input.Change ?? new ChangeRequest();
        Own = JsonSerializer.SerializeToNode(input, input.GetType())!.AsObject();
        Own.Remove(nameof(IProcedureInput.Target));
        Own.Remove(nameof(IProcedureInput.Change));
    }

    /// <summary>The procedure.</summary>
    public ProcedureDescriptor Procedure { get; }

    /// <summary>The target, as the caller named it.</summary>
    public ChangeTarget Target { get; }

    /// <summary>The request, as the caller made it.</summary>
    public ChangeRequest Request { get; }

    /// <summary>The procedure's own fields: all but the target and the request, which every procedure has.</summary>
    public JsonObject Own { get; }

    /// <summary>The tier of the procedure with this input, before its requester raises it.</summary>
    public ChangeTier Tier => Procedure.TierOf(_input);

    /// <summary>Reads it.</summary>
    /// <param name="workflow">The workflow; its attribute names the procedure.</param>
    /// <param name="raw">A <typeparamref name="TInput"/>; what cannot be read of it is a fault.</param>
    /// <param name="input">What was read of it, with defaults for the rest.</param>
    public static RunInput Read<TInput>(object workflow, IRawValue? raw, out TInput input)
        where TInput : class, IProcedureInput
    {
        ReadInput<TInput> read = InputReader.Asked<TInput>(raw);
        input = read.Value!;
        return new RunInput(ProcedureCatalogue.Of(workflow.GetType()), input, read.Faults);
    }

    /// <summary>
    /// What is wrong with it, one sentence a fault. A field that could not be read has no value that its rule could be held against; an
    /// input that could not has no field.
    /// </summary>
    /// <param name="ofRequest">What is wrong with target and request.</param>
    public IReadOnlyList<string> Faults(Func<ChangeTarget, ChangeRequest, IReadOnlyList<string>> ofRequest)
    {
        List<string> unreadable = [.. _unreadable.Take(MostFaultsTold).Select(fault => fault.Sentence)];
        return _unreadable.Any(fault => fault.Path.Length == 0)
            ? unreadable
            :
            [
                .. unreadable,
                .. ofRequest(Target, Request).Concat(_input.Faults()).Where(
                    sentence => !_unreadable.Any(fault => sentence.StartsWith($"{fault.Path} ", StringComparison.Ordinal))),
            ];
    }
}
