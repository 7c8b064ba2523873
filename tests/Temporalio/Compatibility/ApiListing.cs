using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Temporalio.Tests.Compatibility;

/// <summary>The public types and members of an assembly, one line each, in the form of <c>official-api.txt</c>.</summary>
internal static class ApiListing
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(byte)] = "byte",
        [typeof(int)] = "int", [typeof(long)] = "long", [typeof(float)] = "float", [typeof(double)] = "double",
    };

    // What the compiler adds to records, and what every object has.
    private static readonly HashSet<string> Uninteresting =
        ["Equals", "GetHashCode", "ToString", "GetType", "PrintMembers", "Deconstruct", "<Clone>$", "Finalize", "MemberwiseClone"];

    /// <summary>The types, by namespace and name.</summary>
    public static IReadOnlyList<ApiType> Of(Assembly assembly) =>
    [
        .. assembly.GetTypes()
            .Where(type => IsVisible(type) && type.Namespace?.StartsWith("Temporalio", StringComparison.Ordinal) == true)
            .Select(type => new ApiType(type.Namespace!, NameOf(type), [.. MembersOf(type).Distinct()], [.. InheritedBy(type).Distinct()])),
    ];

    private static bool IsVisible(Type type) => (type.IsPublic || (type.IsNestedPublic && IsVisible(type.DeclaringType!)))
        && !type.IsDefined(typeof(CompilerGeneratedAttribute));

    private static IEnumerable<string> InheritedBy(Type type)
    {
        IEnumerable<Type> bases = type.IsInterface ? type.GetInterfaces() : type.BaseType is { } parent ? [parent] : [];
        return bases.Where(parent => parent.Namespace?.StartsWith("Temporalio", StringComparison.Ordinal) == true)
            .SelectMany(parent => MembersOf(parent).Concat(InheritedBy(parent)))
            .Where(member => !member.StartsWith("ctor(", StringComparison.Ordinal));
    }

    private static IEnumerable<string> MembersOf(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type);
        }

        IEnumerable<string> constructors = type.GetConstructors(Declared).Where(member => !member.IsStatic && IsVisible(member) && !IsCopy(member, type))
            .Select(constructor => $"ctor({Parameters(constructor)})");
        IEnumerable<string> properties = type.GetProperties(Declared)
            .Where(property => property.Name != "EqualityContract" && property.GetAccessors(nonPublic: true).Any(IsVisible))
            .Select(property => $"{Static(property.GetAccessors(true)[0])}{NameOf(property.PropertyType)} {property.Name}");
        IEnumerable<string> fields = type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily)
            .Select(field => $"{(field.IsStatic ? "static " : string.Empty)}{NameOf(field.FieldType)} {field.Name}");
        IEnumerable<string> methods = type.GetMethods(Declared)
            .Where(method => IsVisible(method) && !method.IsSpecialName && !Uninteresting.Contains(method.Name) && !method.Name.Contains('.'))
            .Select(method => $"{Static(method)}{NameOf(method.ReturnType)} {method.Name}{Generics(method.GetGenericArguments())}({Parameters(method)})");
        return [.. constructors, .. properties, .. fields, .. methods];
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // Records have it.
    private static bool IsCopy(ConstructorInfo constructor, Type type) =>
        constructor.GetParameters() is [{ Name: "original" } parameter] && parameter.ParameterType == type;

    private static string Static(MethodInfo method) => method.IsStatic ? "static " : string.Empty;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string modifier = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : parameter.IsOut ? "out " : string.Empty;
        string value = parameter.HasDefaultValue ? $" = {Default(parameter)}" : string.Empty;
        return $"{modifier}{NameOf(parameter.ParameterType)} {parameter.Name}{value}";
    }

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => "null",
        { } value when parameter.ParameterType.IsEnum => Enum.ToObject(parameter.ParameterType, value).ToString()!,
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        { } value => value.ToString()!,
    };

    private static string NameOf(Type type)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (type.IsByRef)
        {
            return $"ref {NameOf(type.GetElementType()!)}";
        }

        if (type.IsArray)
        {
            return $"{NameOf(type.GetElementType()!)}[]";
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return $"{NameOf(value)}?";
        }

        string name = type.Name.Split('`')[0];
        Type[] arguments = type.GetGenericArguments();
        for (Type? outer = type.IsGenericParameter ? null : type.DeclaringType; outer is not null; outer = outer.DeclaringType)
        {
            name = $"{outer.Name.Split('`')[0]}.{name}";
        }

        return type.IsGenericParameter ? type.Name : $"{name}{Generics(arguments)}";
    }

    private static string Generics(Type[] arguments) => arguments.Length == 0 ? string.Empty : $"<{string.Join(", ", arguments.Select(NameOf))}>";
}
