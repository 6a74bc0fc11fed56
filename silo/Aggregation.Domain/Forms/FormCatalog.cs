using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aggregation.Domain.Forms.Expressions;
using Aggregation.Domain.Forms.Loading;

namespace Aggregation.Domain.Forms;

/// <summary>The forms in use, each once. Immutable.</summary>
public sealed class FormCatalog
{
    private const string DefinitionPrefix = "Forms/Definitions/";
    private const string SchemaName = "Forms/form.schema.json";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly FrozenDictionary<string, Form> _byId;
    private readonly FrozenDictionary<string, string> _definitions;

    private FormCatalog(ImmutableArray<Form> forms, Dictionary<string, string> definitions)
    {
        Forms = forms;
        _definitions = definitions.ToFrozenDictionary(StringComparer.Ordinal);
        _byId = forms.ToFrozenDictionary(form => form.Id, StringComparer.Ordinal);
    }

    /// <summary>All forms, in ordinal order of their ids.</summary>
    public ImmutableArray<Form> Forms { get; }

    /// <summary>Loads the built-in definitions and any others.</summary>
    /// <exception cref="FormDefinitionException">A definition is faulty; all faults of all are listed.</exception>
    public static FormCatalog Load(params IReadOnlyList<FormSource> others)
    {
        var assembly = typeof(FormCatalog).Assembly;
        var streams = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(DefinitionPrefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new FormSource(name[DefinitionPrefix.Length..], assembly.GetManifestResourceStream(name)!))
            .ToList();
        try
        {
            return LoadOnly([.. streams, .. others]);
        }
        finally
        {
            streams.ForEach(source => source.Content.Dispose());
        }
    }

    /// <summary>Loads these definitions and no built-in one.</summary>
    /// <inheritdoc cref="Load"/>
    public static FormCatalog LoadOnly(params IReadOnlyList<FormSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var read = new List<(FormCompiler Compiler, string Hash)>();
        var laid = new Dictionary<string, FormCells>(StringComparer.Ordinal);
        var definitions = new Dictionary<string, string>(StringComparer.Ordinal);
        List<FaultList> found = [.. sources.Select(source => new FaultList(source.File))];
        foreach (var (source, faultsThere) in sources.Zip(found))
        {
            if (Read(source, faultsThere, definitions) is not { } form)
                continue;
            form.Compiler.Lay();
            read.Add(form);
            if (!laid.TryAdd(form.Compiler.Cells.Id, form.Compiler.Cells))
                faultsThere.Add("form", $"id '{form.Compiler.Cells.Id}' is taken by another file");
        }

        // Only now: a rule may name a cell of a form in a later file.
        var forms = new SortedDictionary<string, Form>(StringComparer.Ordinal);
        foreach (var (compiler, hash) in read)
            forms.TryAdd(compiler.Cells.Id, compiler.Compile(hash, laid.GetValueOrDefault));
        List<FormFault> faults = [.. found.SelectMany(list => list.All)];
        return faults.Count == 0 ? new FormCatalog([.. forms.Values], definitions) : throw new FormDefinitionException([.. faults]);
    }

    /// <summary>The JSON schema (draft 2020-12) of definitions.</summary>
    public static Stream OpenSchema() => typeof(FormCatalog).Assembly.GetManifestResourceStream(SchemaName)!;

    public bool TryGet(string? id, [NotNullWhen(true)] out Form? form)
    {
        form = null;
        return id is not null && _byId.TryGetValue(id, out form);
    }

    /// <exception cref="KeyNotFoundException">There is no such form.</exception>
    public Form Get(string id) => TryGet(id, out var form)
        ? form
        : throw new KeyNotFoundException($"There is no form '{id}'; there are {string.Join(", ", _byId.Keys.Order(StringComparer.Ordinal))}.");

    /// <summary>A form's definition as canonical JSON, whose SHA-256 is its <see cref="Form.ContentHash"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such form.</exception>
    public string DefinitionOf(string id) => _definitions[Get(id).ContentHash];

    private static (FormCompiler Compiler, string Hash)? Read(FormSource source, FaultList faults, Dictionary<string, string> definitions)
    {
        try
        {
            using var document = JsonDocument.Parse(source.Content, Strict);
            var definition = FormDefinitionReader.Read(document.RootElement, faults);
            var hash = CanonicalJson.Hash(document.RootElement);
            definitions[hash] = CanonicalJson.Text(document.RootElement);
            return (new FormCompiler(definition, faults), hash);
        }
        catch (JsonException fault)
        {
            faults.Add("form", $"not JSON: {fault.Message}");
            return null;
        }
    }
}
