// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/number"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// providerSchema names each default in a description: the schema of a provider has no other place
// for it.
func providerSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Manages [Refold](https://www.refold.ai) linked accounts: the customers of a SaaS company, with the apps that they connected.",
		Attributes: map[string]schema.Attribute{
			"api_key": schema.StringAttribute{
				Optional:  true,
				Sensitive: true,
				MarkdownDescription: "API key of the Refold organization. The key alone selects the organization and the environment. " +
					"Required, here or in the environment variable `REFOLD_API_KEY`, which is the better place for it.",
				Validators: []validator.String{attribute.NotEmpty("Then the environment variable REFOLD_API_KEY counts.")},
			},
			"base_url": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "URL of the Refold deployment, with or without a trailing slash or a path prefix. " +
					"Only needed for self-hosted and managed deployments. Can also be set as `REFOLD_BASE_URL`. " +
					fmt.Sprintf("Defaults to `%s`.", refold.DefaultBaseURL),
				Validators: []validator.String{attribute.NotEmpty("Then REFOLD_BASE_URL counts, or Refold's own address.")},
			},
			"environment": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Guard against the wrong API key: the environment that the key must belong to, as Refold writes it: `test`, `production`, or that of a workspace. " +
					"Before the first write the provider looks at one account to confirm it, and stops if it is another. Can also be set as `REFOLD_ENVIRONMENT`.",
				Validators: []validator.String{attribute.NotEmpty("Then REFOLD_ENVIRONMENT counts; without either there is no guard.")},
			},
			"deletion_policy": attribute.DeletionPolicyInProvider(),
			"requests_per_second": schema.Float64Attribute{
				CustomType: number.RealType{},
				Optional:   true,
				MarkdownDescription: "How many requests per second the provider may send, retries included. " +
					fmt.Sprintf("Defaults to `%d`, Refold's published allowance. ", refold.DefaultRequestsPerSecond) +
					"Lower it when other programs use the same key at the same time. Between 0.1 and 10000.",
				Validators: []validator.Float64{float64validator.Between(0.1, 10000)},
			},
			"burst": schema.Int64Attribute{
				CustomType:          number.WholeType{},
				Optional:            true,
				MarkdownDescription: fmt.Sprintf("How many requests may be sent at one instant. Defaults to `%d`, Refold's published allowance. Between 1 and 10000.", refold.DefaultBurst),
				Validators:          []validator.Int64{int64validator.Between(1, 10000)},
			},
			"max_retries": schema.Int64Attribute{
				CustomType:          number.WholeType{},
				Optional:            true,
				MarkdownDescription: fmt.Sprintf("How often one request is repeated after a network error, a rate limit or a server fault. Defaults to `%d`; `0` turns retries off. Between 0 and 100.", refold.DefaultMaxRetries),
				Validators:          []validator.Int64{int64validator.Between(0, 100)},
			},
			"request_timeout": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: fmt.Sprintf("How long one attempt of one request may take, as a duration such as `2m`. Any that is longer than nothing. Defaults to `%s`.", refold.DefaultRequestTimeout),
			},
			"allow_insecure_http": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Accept a `base_url` that starts with `http://` for a host other than this machine. The API key then travels unencrypted. " +
					"Defaults to `false`.",
			},
		},
	}
}
