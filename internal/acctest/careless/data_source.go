// SPDX-License-Identifier: MPL-2.0

package careless

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var _ datasource.DataSourceWithConfigure = (*hookDataSource)(nil)

type hookDataSource struct {
	mistakes Mistakes
	client   *client
}

type dataModel struct {
	ID          types.String `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	Environment types.String `tfsdk:"environment"`
}

// Metadata implements datasource.DataSource.
func (d *hookDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, response *datasource.MetadataResponse) {
	response.TypeName = TypeName
}

// Configure implements datasource.DataSourceWithConfigure.
func (d *hookDataSource) Configure(_ context.Context, request datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	d.client, _ = request.ProviderData.(*client)
}

// Read implements datasource.DataSource.
func (d *hookDataSource) Read(ctx context.Context, request datasource.ReadRequest, response *datasource.ReadResponse) {
	var config dataModel
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	read, err := d.read(ctx, config.ID.ValueString())
	if err != nil {
		detail := err.Error()
		if d.mistakes.HidesCause {
			detail = "It went wrong."
		}
		response.Diagnostics.AddError("Could not read the hook", detail)
		return
	}
	config.Name, config.Environment = types.StringValue(read.Name), types.StringValue(read.Environment)
	response.Diagnostics.Append(response.State.Set(ctx, config)...)
}

func (d *hookDataSource) read(ctx context.Context, id string) (hook, error) {
	if d.mistakes.GuessesWithoutKey && d.client.key == "" {
		return hook{}, nil
	}
	if err := d.client.checkScope(ctx, ""); err != nil {
		return hook{}, err
	}
	read, err := d.client.read(ctx, id)
	if d.mistakes.ShowsUnknown && isNotFound(err) {
		return hook{}, nil
	}
	return read, err
}
