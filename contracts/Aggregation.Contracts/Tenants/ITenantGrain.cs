using System.Collections.Immutable;
using Aggregation.Contracts.Checks;
using Orleans.Concurrency;

namespace Aggregation.Contracts.Tenants;

/// <summary>
/// 租户: one independent administration: settings, structure and keys. The grain key is <see cref="TenantKeys.Of"/>. Every decision is
/// an entry of the tenant's journal stream. Refuses with <see cref="RefusedException"/>.
/// </summary>
[Alias("aggregation.ITenantGrain")]
public interface ITenantGrain : IGrainWithStringKey
{
    /// <summary>Creates the tenant with its first administrator key. Platform only.</summary>
    [Alias("Create")]
    Task<TenantCreated> Create(Caller caller, CreateTenantCommand command);

    /// <summary>
    /// Begins an import of the tenant or takes it up again. Refuses where the tenant exists, was imported from another export, or where a
    /// form of the export is not the same here. Platform only.
    /// </summary>
    [Alias("BeginImport")]
    Task<ImportView> BeginImport(Caller caller, ImportCommand command);

    /// <summary>Ends an import: from then on the tenant exists. Refuses where not exactly the export's entries are there. Platform only.</summary>
    [Alias("FinishImport"), ResponseTimeout("00:02:00")]
    Task FinishImport(Caller caller, string export, long entries);

    /// <summary>
    /// Whom a key stands for; null when there is no such key, it is revoked or expired, its user is disabled, or the secret is another.
    /// </summary>
    /// <param name="secretHash">SHA-256 of the secret, lower-case hexadecimal.</param>
    [Alias("Authenticate"), AlwaysInterleave]
    Task<Caller?> Authenticate(string keyId, string secretHash);

    /// <summary>Whom a user with a good token is here; null where there is no such tenant or the user is disabled.</summary>
    [Alias("Admit"), AlwaysInterleave]
    Task<Caller?> Admit(TokenUser user);

    /// <summary>Adds units from CSV: all, or, with every fault named by line, none. Administrators only.</summary>
    [Alias("ImportUnits")]
    Task<UnitsImported> ImportUnits(Caller caller, ImportUnitsCommand command);

    /// <summary>What a list of changes would do, without doing it; refuses with every fault named by line. Administrators only.</summary>
    [Alias("PlanRestructuring"), AlwaysInterleave]
    Task<RestructurePlan> PlanRestructuring(Caller caller, RestructureCommand command);

    /// <summary>
    /// Applies a list of changes as one new structure, if the structure is still the one named; else refuses as stale. The same list
    /// sent again is answered again. Administrators only.
    /// </summary>
    [Alias("ApplyRestructuring")]
    Task<Restructured> ApplyRestructuring(Caller caller, RestructureCommand command);

    [Alias("ChangeSettings")]
    Task<TenantSettings> ChangeSettings(Caller caller, TenantSettings settings);

    /// <summary>A new key; its text is in this answer and nowhere else. Administrators only.</summary>
    [Alias("CreateKey")]
    Task<KeyCreated> CreateKey(Caller caller, CreateKeyCommand command);

    /// <summary>A new key in place of an old one; its text is in this answer and nowhere else. Administrators only.</summary>
    [Alias("RotateKey")]
    Task<KeyCreated> RotateKey(Caller caller, RotateKeyCommand command);

    [Alias("RevokeKey")]
    Task RevokeKey(Caller caller, string keyId);

    [Alias("ListKeys"), AlwaysInterleave]
    Task<ImmutableArray<KeyView>> ListKeys(Caller caller);

    /// <summary>Those whom keys name, whose tokens were seen, and the disabled, by name. Administrators only.</summary>
    [Alias("ListUsers"), AlwaysInterleave]
    Task<ImmutableArray<UserView>> ListUsers(Caller caller);

    /// <summary>
    /// From now on no key and no token of the user opens anything, or, enabled, those that are good do again. Any name may be disabled,
    /// for a token may come that names it. Administrators only.
    /// </summary>
    [Alias("SetUser")]
    Task SetUser(Caller caller, string user, bool isEnabled);

    /// <summary>The units in force on a day that the caller may read, parents before children.</summary>
    [Alias("ListUnits"), AlwaysInterleave]
    Task<UnitsView> ListUnits(Caller caller, UnitsQuery query);

    /// <summary>
    /// Defines a check that is applied to whatever is filed from now on; refuses a faulty one with field, value and rule. The same again is
    /// answered again; an id that was used before is not given to another. Administrators only.
    /// </summary>
    [Alias("DefineCheck")]
    Task<OfficeCheckView> DefineCheck(Caller caller, CheckDefinition definition);

    /// <summary>Ends a check: it is not applied any more, and findings of it that stand go on standing. Administrators only.</summary>
    [Alias("RetireCheck")]
    Task<OfficeCheckView> RetireCheck(Caller caller, string form, string checkId);

    /// <summary>The checks that the office defined, retired ones too, in the order defined.</summary>
    /// <param name="form">Only those for this form; null: for all.</param>
    [Alias("ListChecks"), AlwaysInterleave]
    Task<ImmutableArray<OfficeCheckView>> ListChecks(Caller caller, string? form);

    [Alias("ListForms"), AlwaysInterleave]
    Task<ImmutableArray<FormView>> ListForms(Caller caller);
}

/// <summary>The platform: which tenants there are, and its own keys. One grain, key <see cref="TenantKeys.Platform"/>.</summary>
[Alias("aggregation.IPlatformGrain")]
public interface IPlatformGrain : IGrainWithStringKey
{
    /// <summary>
    /// The text of a key that could be the platform's first; null when there is one, because no key is shown twice. It opens nothing
    /// before <see cref="RecordFirstKey"/>: whoever asks writes it down first. Called by the host at start, never by a user.
    /// </summary>
    [Alias("DraftFirstKey")]
    Task<string?> DraftFirstKey();

    /// <summary>
    /// Makes this the platform's first key. May be asked again: true for the key that is good, as long as it is; false where another was
    /// first. Called by the host at start, never by a user.
    /// </summary>
    [Alias("RecordFirstKey")]
    Task<bool> RecordFirstKey(string text);

    [Alias("Authenticate"), AlwaysInterleave]
    Task<Caller?> Authenticate(string keyId, string secretHash);

    /// <summary>Another key of the platform's; it carries no other right and may carry none. Platform only.</summary>
    [Alias("CreateKey")]
    Task<KeyCreated> CreateKey(Caller caller, CreateKeyCommand command);

    [Alias("RotateKey")]
    Task<KeyCreated> RotateKey(Caller caller, RotateKeyCommand command);

    [Alias("RevokeKey")]
    Task RevokeKey(Caller caller, string keyId);

    [Alias("ListKeys"), AlwaysInterleave]
    Task<ImmutableArray<KeyView>> ListKeys(Caller caller);

    [Alias("ListTenants"), AlwaysInterleave]
    Task<ImmutableArray<TenantView>> ListTenants(Caller caller);

    /// <summary>Takes a tenant's name; called by the tenant's grain while it is being created.</summary>
    [Alias("Register")]
    Task Register(Caller caller, TenantView tenant);
}
