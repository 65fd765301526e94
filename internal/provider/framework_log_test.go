// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"context"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tfsdklogtest"
)

func TestLogsWanted(t *testing.T) {
	for setting, want := range map[string]bool{
		"PATH=/bin": false, "TF_LOG=": false, "TF_LOG_PROVIDER=": false, "TF_VAR_TF_LOG=x": false, "NOT_TF_LOG=TRACE": false, "TF_LO=TRACE": false,
		"TF_LOG=TRACE": true, "TF_LOG=OFF": true, "TF_LOG_PROVIDER=DEBUG": true, "TF_LOG_PROVIDER_REFOLD=INFO": true, "TF_LOG_CORE=INFO": true,
		"TF_LOG_SDK=ERROR": true, "TF_LOG_SDK_FRAMEWORK=TRACE": true, "TF_LOG_PATH=log.txt": true,
	} {
		if got := logsWanted([]string{"HOME=/home", setting}); got != want {
			t.Errorf("%s: %t, want %t", setting, got, want)
		}
	}
	if logsWanted(nil) {
		t.Error("an empty environment asks for logs")
	}
}

// What the framework logs of a plan, with the user's setting and without.
func TestQuietFramework(t *testing.T) {
	for name, test := range map[string]struct {
		variable string // that the user sets to TRACE
		want     bool
	}{
		"nothing set":      {"", false},
		"TF_LOG":           {"TF_LOG", true},
		"TF_LOG_PROVIDER":  {"TF_LOG_PROVIDER", true},
		"the variable set": {frameworkLog, true},
	} {
		t.Run(name, func(t *testing.T) {
			withoutLogVariables(t)
			if test.variable != "" {
				t.Setenv(test.variable, "TRACE")
			}
			if err := QuietFramework(); err != nil {
				t.Fatal(err)
			}
			var log bytes.Buffer
			planTable(t, 1)(tfsdklogtest.RootLogger(t.Context(), &log))
			if got := strings.Contains(log.String(), `"@module":"sdk.framework"`); got != test.want {
				t.Errorf("the framework logs: %t, want %t\n%s", got, test.want, log.String())
			}
		})
	}
}

// The ratio of the two is what QuietFramework saves, without the CLI's part:
// that reads and drops every line.
func BenchmarkFrameworkLog(b *testing.B) {
	for _, level := range []string{"", "OFF"} {
		b.Run("level="+level, func(b *testing.B) {
			withoutLogVariables(b)
			b.Setenv(frameworkLog, level)
			plan := planTable(b, 2_000)
			for b.Loop() {
				plan(tfsdklogtest.RootLogger(b.Context(), io.Discard))
			}
		})
	}
}

// withoutLogVariables removes TF_LOG* variables until the test ends.
func withoutLogVariables(t testing.TB) {
	t.Helper()
	t.Setenv(frameworkLog, "") // so that it is as before after the test, whatever the test sets
	for _, setting := range os.Environ() {
		if name, _, _ := strings.Cut(setting, "="); strings.HasPrefix(name, "TF_LOG") {
			t.Setenv(name, "")
		}
	}
}

// planTable prepares the plan of a resource with a large map of objects.
func planTable(t testing.TB, rows int) func(context.Context) {
	t.Helper()
	server, err := providerserver.NewProtocol6WithError(tableProvider{})()
	if err != nil {
		t.Fatal(err)
	}
	kind := tableType().TerraformType(t.Context())
	values := map[string]tftypes.Value{}
	for i := range rows {
		values["customer-"+strconv.Itoa(i)] = tftypes.NewValue(kind.(tftypes.Map).ElementType, map[string]tftypes.Value{
			"name": tftypes.NewValue(tftypes.String, "Customer"),
			"udf": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{
				"plan": tftypes.NewValue(tftypes.String, "pro"), "seats": tftypes.NewValue(tftypes.String, "20"),
			}),
		})
	}
	object := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"rows": kind}}
	config, none := encoded(t, tftypes.NewValue(object, map[string]tftypes.Value{"rows": tftypes.NewValue(kind, values)})), encoded(t, tftypes.NewValue(object, nil))
	return func(ctx context.Context) {
		response, err := server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
			TypeName: "table", PriorState: none, ProposedNewState: config, Config: config,
		})
		if err != nil || len(response.Diagnostics) > 0 {
			t.Fatal(err, response.Diagnostics)
		}
	}
}

func encoded(t testing.TB, value tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	dynamic, err := tfprotov6.NewDynamicValue(value.Type(), value)
	if err != nil {
		t.Fatal(err)
	}
	return &dynamic
}

// tableType is the shape of the largest attribute that the provider has.
func tableType() types.MapType {
	return types.MapType{ElemType: types.ObjectType{AttrTypes: map[string]attr.Type{
		"name": types.StringType, "udf": types.MapType{ElemType: types.StringType},
	}}}
}

// tableProvider offers one resource, whose attribute is a table.
type tableProvider struct{ provider.Provider }

func (tableProvider) Metadata(context.Context, provider.MetadataRequest, *provider.MetadataResponse) {
}

func (tableProvider) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (tableProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (tableProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return tableResource{} }}
}

type tableResource struct{ resource.Resource }

func (tableResource) Metadata(_ context.Context, _ resource.MetadataRequest, response *resource.MetadataResponse) {
	response.TypeName = "table"
}

func (tableResource) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	response.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"rows": schema.MapAttribute{Required: true, ElementType: tableType().ElemType},
	}}
}
