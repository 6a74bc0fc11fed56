using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Structure;

namespace Aggregation.Grains.Tenants;

/// <summary>The structure as the catalogue shows it to one caller.</summary>
internal static class UnitListing
{
    public static UnitsView Of(Caller caller, AdministrativeStructure structure, UnitsQuery query, DateOnly day)
    {
        if (!structure.HasTree(query.Tree))
        {
            return query.Tree == Names.Territory
                ? new UnitsView(structure.Version, [])
                : throw Refuse.NotFound("tree", query.Tree);
        }

        var view = structure.At(query.Tree, day);
        if (query.Under is { } top && !MayList(caller, structure, day, top))
        {
            throw Refuse.Forbidden("list the units under", top);
        }

        if (query.Under is { } under && !view.TryFind(under, out _))
        {
            throw Refuse.NotFound("unit", under);
        }

        return new UnitsView(structure.Version,
        [
            .. view.PreOrder(query.Under)
                .Where(unit => MayList(caller, structure, day, unit.Code))
                .Select(View),
        ]);
    }

    public static UnitView View(Unit unit) => new()
    {
        Code = unit.Code,
        Name = unit.Name,
        Kind = unit.Kind,
        Level = unit.Level,
        Parent = unit.Parent ?? "",
    };

    private static bool MayList(Caller caller, AdministrativeStructure structure, DateOnly day, string unit) =>
        caller.IsAdministrator
        || Access.Covers(caller.Read, structure, day, unit)
        || Access.Covers(caller.Submit, structure, day, unit)
        || Access.Reviews(caller, structure, day, unit);
}
