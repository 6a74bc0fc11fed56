using System.CommandLine;
using Aggregation.V1;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>tenant create</c> and <c>tenant list</c>, with a platform key.</summary>
internal static class TenantCommands
{
    public static Command Build(CommandRunner run)
    {
        var command = new Command("tenant", "租户 Independent administrations, by a platform key.");
        command.Subcommands.Add(BuildCreate(run));
        command.Subcommands.Add(BuildList(run));
        return command;
    }

    private static Command BuildCreate(CommandRunner run)
    {
        var name = new Argument<string>("tenant") { Description = "Lower-case letters, digits and hyphens." };
        var title = new Option<string?>("--name") { Description = "Name for people; the tenant's own when left out." };
        var auto = new Option<bool>("--auto-accept") { Description = "Submissions are accepted when they are filed, and nobody reviews them." };
        var review = new Option<bool>("--review") { Description = "Submissions wait for the level above, as they do unless --auto-accept is given.", Hidden = true };
        var signed = new Option<bool>("--signed") { Description = "A report is accepted only once the head of the unit has signed it." };
        var own = new Option<bool>("--no-four-eyes") { Description = "四眼原则 Who filed a report may accept it too." };
        var enter = new Option<bool>("--enter-totals") { Description = "Units enter totals themselves instead of having empty ones filled in." };
        var sums = new Option<bool>("--sums-unchecked") { Description = "A government may file the sum of those below it without an explanation." };
        var closing = new Option<bool>("--lock-on-completion") { Description = "A completion that is accepted locks all reports that it counts." };
        var output = KeyCommands.OutputOption();
        var command = new Command("create", "Creates a tenant and its administrator's first key.") { name, title, auto, review, signed, own, enter, sums, closing, output };
        run.Bind(command, async session =>
        {
            if (session.Get(auto) && (session.Get(review) || session.Get(signed) || session.Get(own)))
            {
                throw new CommandFailedException("--auto-accept leaves nothing to review: it does not go with --review, --signed or --no-four-eyes.");
            }

            var request = new CreateTenantRequest
            {
                Tenant = session.Get(name),
                Name = session.Get(title) ?? session.Get(name),
                Settings = new TenantSettings
                {
                    AutoAccept = session.Get(auto), RequireSignature = session.Get(signed), FillTotals = !session.Get(enter),
                    CheckSumsBelow = !session.Get(sums), LockOnCompletion = session.Get(closing),
                },
            };
            if (!session.Get(auto))
            {
                request.Settings.FourEyes = !session.Get(own);
            }

            var answer = await session.Api.Admin.CreateTenantAsync(request, session.Api.Call());
            await KeyCommands.HandOverAsync(session, answer, answer.AdministratorKey, session.Get(output));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command BuildList(CommandRunner run)
    {
        var command = new Command("list", "Lists the tenants.");
        run.Bind(command, async session =>
        {
            var answer = await session.Api.Admin.ListTenantsAsync(new ListTenantsRequest(), session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(answer);
                return ExitCode.Ok;
            }

            var table = new Table().RoundedBorder().AddColumns("租户 tenant", "名称 name", "创建 created");
            foreach (var tenant in answer.Tenants)
            {
                table.AddRow(Markup.Escape(tenant.Tenant_), Markup.Escape(tenant.Name), $"{tenant.CreatedAt?.ToDateTimeOffset():u}");
            }

            session.Terminal.Screen.Write(table);
            return ExitCode.Ok;
        });
        return command;
    }
}
