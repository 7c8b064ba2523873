using System.Reflection;
using Temporalio.Converters;

namespace Temporalio.Workflows;

/// <summary>Reads a workflow's type: finds the run method, constructor and handlers, and collects every broken rule.</summary>
internal sealed class WorkflowReflection
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly WorkflowAttribute _attribute;
    private readonly List<string> _errors = [];
    private readonly Dictionary<string, WorkflowSignalDefinition> _signals = [];
    private readonly Dictionary<string, WorkflowQueryDefinition> _queries = [];
    private readonly Dictionary<string, WorkflowUpdateDefinition> _updates = [];
    private ConstructorInfo? _initConstructor;
    private MethodInfo? _runMethod;

    private WorkflowReflection(Type type, WorkflowAttribute attribute)
    {
        Type = type;
        _attribute = attribute;
    }

    public Type Type { get; }

    public MethodInfo RunMethod => _runMethod!;

    public Func<object?[], object>? Creator { get; private set; }

    public IReadOnlyDictionary<string, WorkflowSignalDefinition> Signals => _signals;

    public IReadOnlyDictionary<string, WorkflowQueryDefinition> Queries => _queries;

    public IReadOnlyDictionary<string, WorkflowUpdateDefinition> Updates => _updates;

    public WorkflowSignalDefinition? DynamicSignal { get; private set; }

    public WorkflowQueryDefinition? DynamicQuery { get; private set; }

    public WorkflowUpdateDefinition? DynamicUpdate { get; private set; }

    public Func<object, WorkflowDefinitionOptions>? DynamicOptionsGetter { get; private set; }

    /// <exception cref="AggregateException">The type breaks rules; one inner exception for each.</exception>
    public static WorkflowReflection Of(Type type, WorkflowAttribute attribute)
    {
        WorkflowReflection reflection = new(type, attribute);
        reflection.Read();
        return reflection._errors.Count == 0
            ? reflection
            : throw new AggregateException(reflection._errors.Select(error => new ArgumentException(error)));
    }

    private void Read()
    {
        if (Type.ContainsGenericParameters)
        {
            _errors.Add($"Workflow {Type} must not have type parameters.");
        }

        if (_attribute is { Dynamic: true, Name: not null })
        {
            _errors.Add($"Workflow {Type} is dynamic and has the name {_attribute.Name}: remove one.");
        }

        ReadConstructors();
        MethodInfo[] methods = Type.GetMethods(Any);
        foreach (MethodInfo method in methods)
        {
            ReadRun(method);
            Collect<WorkflowSignalAttribute>(method, () => AddSignal(WorkflowSignalDefinition.FromMethod(method)));
            Collect<WorkflowQueryAttribute>(method, () => AddQuery(WorkflowQueryDefinition.FromMethod(method)));
            Collect<WorkflowDynamicOptionsAttribute>(method, () => SetDynamicOptions(method));
        }

        foreach (PropertyInfo property in Type.GetProperties(Any))
        {
            if (property.IsDefined(typeof(WorkflowQueryAttribute), inherit: false))
            {
                Guard(() => AddQuery(WorkflowQueryDefinition.FromProperty(property)));
            }
        }

        ReadUpdates(methods);
        if (_runMethod is null)
        {
            _errors.Add($"Workflow {Type} has no valid method with a [WorkflowRun] attribute.");
        }
    }

    private void ReadConstructors()
    {
        ConstructorInfo[] constructors = Type.GetConstructors(Any & ~BindingFlags.Static);
        foreach (ConstructorInfo constructor in constructors.Where(c => c.IsDefined(typeof(WorkflowInitAttribute), inherit: false)))
        {
            if (_initConstructor is not null)
            {
                _errors.Add($"Workflow {Type} has more than one constructor with a [WorkflowInit] attribute.");
            }

            if (!constructor.IsPublic)
            {
                _errors.Add($"The constructor of workflow {Type} with the [WorkflowInit] attribute must be public.");
            }

            _initConstructor = constructor;
        }

        if (Type.IsInterface || Type.IsAbstract)
        {
            return;
        }

        if (_initConstructor is not null)
        {
            ConstructorInvoker init = ConstructorInvoker.Create(_initConstructor);
            Creator = arguments => init.Invoke(arguments.AsSpan());
        }
        else if (constructors.FirstOrDefault(c => c.IsPublic && c.GetParameters().Length == 0) is { } plain)
        {
            ConstructorInvoker create = ConstructorInvoker.Create(plain);
            Creator = _ => create.Invoke();
        }
    }

    private void ReadRun(MethodInfo method)
    {
        if (!method.IsDefined(typeof(WorkflowRunAttribute), inherit: false))
        {
            return;
        }

        string described = HandlerSignature.Describe(method);
        if (method.DeclaringType != Type)
        {
            _errors.Add($"{described} with [WorkflowRun] must be declared on {Type} itself.");
            return;
        }

        if (_runMethod is not null)
        {
            _errors.Add($"Workflow {Type} has more than one method with a [WorkflowRun] attribute.");
            return;
        }

        Guard(() => HandlerSignature.RequireCallable("Run", method));
        if (!typeof(Task).IsAssignableFrom(method.ReturnType))
        {
            _errors.Add($"Run method {described} must return a task.");
        }

        Type[] parameters = [.. method.GetParameters().Select(parameter => parameter.ParameterType)];
        if (_initConstructor is not null
            && !parameters.SequenceEqual(_initConstructor.GetParameters().Select(parameter => parameter.ParameterType)))
        {
            _errors.Add($"Run method {described} must have the parameters of the constructor with the [WorkflowInit] attribute.");
        }

        if (_attribute.Dynamic && (parameters.Length != 1 || parameters[0] != typeof(IRawValue[])))
        {
            _errors.Add($"Run method {described} of a dynamic workflow must take an array of IRawValue.");
        }

        _runMethod = method;
    }

    private void ReadUpdates(MethodInfo[] methods)
    {
        Dictionary<string, MethodInfo> validators = [];
        foreach (MethodInfo method in methods)
        {
            if (method.GetCustomAttribute<WorkflowUpdateValidatorAttribute>(inherit: false) is { } attribute
                && !validators.TryAdd(attribute.UpdateMethod, method))
            {
                _errors.Add($"Workflow {Type} has more than one validator of update method {attribute.UpdateMethod}.");
            }
        }

        foreach (MethodInfo method in methods)
        {
            Collect<WorkflowUpdateAttribute>(
                method,
                () =>
                {
                    validators.Remove(method.Name, out MethodInfo? validator);
                    AddUpdate(WorkflowUpdateDefinition.FromMethod(method, validator));
                });
        }

        foreach ((string updateMethod, MethodInfo validator) in validators)
        {
            _errors.Add($"{HandlerSignature.Describe(validator)} validates {updateMethod}, which is no update of {Type}.");
        }
    }

    private void Collect<TAttribute>(MethodInfo method, Action add)
        where TAttribute : Attribute
    {
        if (method.IsDefined(typeof(TAttribute), inherit: false))
        {
            Guard(add);
        }
        else if (method.GetBaseDefinition() is { } declared && declared != method && declared.IsDefined(typeof(TAttribute), inherit: false))
        {
            _errors.Add($"{HandlerSignature.Describe(method)} overrides a method with {typeof(TAttribute).Name} and must repeat the attribute.");
        }
    }

    private void Guard(Action read)
    {
        try
        {
            read();
        }
        catch (ArgumentException e)
        {
            _errors.Add(e.Message);
        }
    }

    private void AddSignal(WorkflowSignalDefinition signal)
    {
        if (signal.Name is null ? DynamicSignal is not null : !_signals.TryAdd(signal.Name, signal))
        {
            _errors.Add($"Workflow {Type} has more than one signal {signal.Name ?? "that is dynamic"}.");
        }

        DynamicSignal = signal.Dynamic ? signal : DynamicSignal;
    }

    private void AddQuery(WorkflowQueryDefinition query)
    {
        if (query.Name is null ? DynamicQuery is not null : !_queries.TryAdd(query.Name, query))
        {
            _errors.Add($"Workflow {Type} has more than one query {query.Name ?? "that is dynamic"}.");
        }

        DynamicQuery = query.Dynamic ? query : DynamicQuery;
    }

    private void AddUpdate(WorkflowUpdateDefinition update)
    {
        if (update.Name is null ? DynamicUpdate is not null : !_updates.TryAdd(update.Name, update))
        {
            _errors.Add($"Workflow {Type} has more than one update {update.Name ?? "that is dynamic"}.");
        }

        DynamicUpdate = update.Dynamic ? update : DynamicUpdate;
    }

    private void SetDynamicOptions(MethodInfo method)
    {
        HandlerSignature.RequireCallable("Dynamic options", method);
        if (!_attribute.Dynamic || DynamicOptionsGetter is not null)
        {
            throw new ArgumentException($"Only a dynamic workflow has one method with [WorkflowDynamicOptions], not {HandlerSignature.Describe(method)}.");
        }

        if (method.GetParameters().Length > 0 || method.ReturnType != typeof(WorkflowDefinitionOptions))
        {
            throw new ArgumentException($"{HandlerSignature.Describe(method)} must take nothing and return WorkflowDefinitionOptions.");
        }

        MethodInvoker invoker = MethodInvoker.Create(method);
        DynamicOptionsGetter = instance => (WorkflowDefinitionOptions)invoker.Invoke(instance)!;
    }
}
