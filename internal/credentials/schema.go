// SPDX-License-Identifier: MPL-2.0

package credentials

import "github.com/hashicorp/terraform-plugin-framework/resource/schema"

// VersionAttribute is auth_credentials_wo_version, which is the same whatever
// auth_credentials_wo looks like.
func VersionAttribute() schema.Int64Attribute {
	return schema.Int64Attribute{
		Optional:            true,
		MarkdownDescription: "Version of `auth_credentials_wo`, required with it. Change it to send the credentials again: new and changed keys are written, keys that are no longer there are removed.",
	}
}
