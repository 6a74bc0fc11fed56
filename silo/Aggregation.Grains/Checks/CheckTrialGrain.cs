using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Checks;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Reports;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Tenants;

namespace Aggregation.Grains.Checks;

/// <summary>Holds nothing: the journal answers each time.</summary>
internal sealed class CheckTrialGrain(TenantCatalog tenants, FormCatalog forms, LatestRows latest, ReferencedReports references) : Grain, ICheckTrialGrain
{
    public async Task<CheckTrial> Try(Caller caller, TryCheckQuery query, CancellationToken cancellation)
    {
        var key = LedgerKey.Parse(this.GetPrimaryKeyString());
        Access.RequireTenant(caller, key.Tenant);
        var frame = LedgerFrame.Read(key, forms);
        var tenant = await tenants.GetAsync(key.Tenant);
        var units = ReadableUnits(caller, tenant.Structure, frame);
        RequireLimit(query.Limit);
        var check = CheckRules.Compile("definition", frame.Form, DefinitionOf(query, tenant.Checks, key.Form));
        return await TryAsync(frame, check, units, query.Limit, cancellation);
    }

    /// <summary>The unit and every unit below it. Findings show figures of each, so the right to read must reach each.</summary>
    private static List<Unit> ReadableUnits(Caller caller, AdministrativeStructure structure, LedgerFrame frame)
    {
        RequireRead(caller, structure, frame, [frame.Key.Unit]);
        if (!structure.HasTree(Names.Territory) || !structure.At(Names.Territory, frame.Day).TryFind(frame.Key.Unit, out _))
        {
            throw LedgerShape.Absent(structure, frame, Names.Territory);
        }

        List<Unit> units = [.. structure.At(Names.Territory, frame.Day).PreOrder(frame.Key.Unit)];
        RequireRead(caller, structure, frame, units.Select(unit => unit.Code));
        return units;
    }

    private static void RequireRead(Caller caller, AdministrativeStructure structure, LedgerFrame frame, IEnumerable<string> units)
    {
        if (!units.All(unit => Access.Covers(caller.Read, structure, frame.Day, unit)))
        {
            throw Refuse.Forbidden("try checks on the figures of and below", frame.Key.Unit);
        }
    }

    private static void RequireLimit(int limit)
    {
        if (limit is < 1 or > TryCheckQuery.MostFindings)
        {
            throw Refuse.Invalid("limit", limit.ToString(CultureInfo.InvariantCulture), $"1..{TryCheckQuery.MostFindings}",
                $"应在 1 至 {TryCheckQuery.MostFindings} 之间", $"is from 1 to {TryCheckQuery.MostFindings}");
        }
    }

    private static CheckDefinition DefinitionOf(TryCheckQuery query, OfficeCheckBook checks, string form)
    {
        if (query.Definition is { } definition)
        {
            return definition.Form == form ? definition : throw Refuse.Invalid(
                "definition.form", definition.Form, form, "应与所试报表一致", $"is not the form {form} that it is tried on");
        }

        return checks.Find(form, query.CheckId ?? "")?.Definition
            ?? throw Refuse.NotFound($"check of the office for form {form}", query.CheckId ?? "");
    }

    private async Task<CheckTrial> TryAsync(
        LedgerFrame frame, Check check, List<Unit> units, int limit, CancellationToken cancellation)
    {
        string[] codes = [.. units.Select(unit => unit.Code)];
        var now = await ReadAsync(frame, frame.Key.Period, codes, cancellation);
        var others = await references.ReadAsync(frame, check.Sources, codes, cancellation);
        ImmutableArray<Check> checks = [check];
        var named = ImmutableArray.CreateBuilder<TriedUnit>();
        var (submitted, found) = (0, 0);
        foreach (var unit in units)
        {
            if (!now.TryGetValue(unit.Code, out var report))
            {
                continue;
            }

            submitted++;
            var input = new CheckInput(report.ToFigures(frame.Cells), frame.Period)
            {
                Others = others.GetValueOrDefault(unit.Code),
            };
            if (frame.Form.Check(input, checks) is [var finding])
            {
                found++;
                if (named.Count < limit)
                {
                    named.Add(new TriedUnit(unit.Code, unit.Name, report.Revision, SubmissionChecks.ToContract(finding)));
                }
            }
        }

        return new CheckTrial { Expected = units.Count, Submitted = submitted, Found = found, Units = named.ToImmutable() };
    }

    private async Task<Dictionary<string, OwnRevision>> ReadAsync(
        LedgerFrame frame, string period, string[] units, CancellationToken cancellation)
    {
        var reports = new Dictionary<string, OwnRevision>(StringComparer.Ordinal);
        foreach (var row in await latest.ReadAsync(frame.Key.Tenant, frame.Key.Form, period, units, cancellation))
        {
            if (CountingCodec.Unpack(row.State).Submitted is { } submitted)
            {
                reports[row.Unit] = submitted;
            }
        }

        return reports;
    }
}
